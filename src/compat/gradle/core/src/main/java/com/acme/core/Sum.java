package com.acme.core;

/** What the shop computes. */
public final class Sum {
  private Sum() {}

  public static int of(int... numbers) {
    int sum = 0;
    for (int each : numbers) {
      sum += each;
    }
    return sum;
  }
}
