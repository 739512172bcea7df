package com.acme.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OrderTest {
  @Test
  void sumsAreParsed() {
    assertEquals(42, new Order("40 + 2").total());
  }

  @Test
  void marksAreGenerated() {
    assertEquals("Order", new Order("1").mark());
  }

  @Test
  void isPaid() {
    new Order("1").pay();
  }
}
