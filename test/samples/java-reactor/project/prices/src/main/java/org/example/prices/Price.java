package org.example.prices;

public record Price(String item, int cents) {
  @Override
  public String toString() {
    return "%s: %d.%02d".formatted(item, cents / 100, cents % 100);
  }
}
