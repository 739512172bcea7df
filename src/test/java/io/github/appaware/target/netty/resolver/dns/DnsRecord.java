package io.github.appaware.target.netty.resolver.dns;

/** None. */
public final class DnsRecord {}
