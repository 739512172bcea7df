package com.acme.shop;

import static org.junit.Assert.assertEquals;

import com.acme.core.Sum;
import org.junit.Test;

public class OrderTest {
  @Test
  public void isSummedUp() {
    assertEquals(3, Sum.of(1, 2));
  }
}
