package com.acme.core;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class SumTest {
  @Test
  public void sums() {
    assertEquals(42, Sum.of(40, 2));
  }
}
