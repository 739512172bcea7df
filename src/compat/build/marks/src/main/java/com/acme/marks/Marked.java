package com.acme.marks;

/** Has {@link MarkProcessor} write a class with the marked one's name. */
public @interface Marked {}
