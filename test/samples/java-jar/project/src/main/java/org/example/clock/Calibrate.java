package org.example.clock;

/** A tool beside the program: it has a main method as well. */
public class Calibrate {
  public static void main(String[] args) {
    System.out.println(System.nanoTime());
  }
}
