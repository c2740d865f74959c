package org.example.units;

public class Length {
  public static double inches(double centimetres) {
    return centimetres / 2.54;
  }
}
