package io.github.appaware.linux;

/**
 * The seccomp filter of a guarded process: which system calls are stopped and brought to the guard,
 * which are refused by the kernel at once, and which go on. What it says can't be taken back by the
 * process or its descendants.
 *
 * <p>It sees numbers and registers, never memory: what a call points to is the guard's business. A
 * call on the data path of a connected socket (read, write, recv, accept, send without an address)
 * is never stopped. It is refused, so that programs fall back to what can be judged: io_uring,
 * whose requests no filter sees; sockets of families and protocols other than TCP and UDP over IP,
 * Unix, netlink and the kernel's cryptography; TCP fast open, which connects while it sends; and
 * source routes, which send a packet elsewhere than its address says.
 */
final class NetworkFilter {
  // What a filter returns: linux/seccomp.h.
  static final int KILL_PROCESS = 0x80000000;
  static final int NOTIFY = 0x7fc00000;
  static final int ALLOW = 0x7fff0000;
  static final int ERRNO = 0x00050000;

  // struct seccomp_data
  static final int NUMBER = 0;
  static final int ARCH = 4;
  private static final int ARGUMENTS = 16;
  private static final int WORD = 4;
  private static final int ARGUMENT_BYTES = 8;

  /** {@code AUDIT_ARCH_X86_64} and {@code AUDIT_ARCH_AARCH64} of {@code linux/audit.h}. */
  static final int AUDIT_AMD64 = 0xC000003E;

  static final int AUDIT_AARCH64 = 0xC00000B7;

  /** {@code __X32_SYSCALL_BIT}: calls of the x32 ABI; no call of another ABI has such a number. */
  static final int X32 = 0x40000000;

  static final int AF_UNIX = 1;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int AF_NETLINK = 16;
  static final int AF_ALG = 38;

  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_PACKET = 10;

  /**
   * {@code SOCK_TYPE_MASK} of {@code linux/net.h}: beside it are SOCK_CLOEXEC and SOCK_NONBLOCK.
   */
  private static final int TYPE_MASK = 0xf;

  private static final int IPPROTO_TCP = 6;
  private static final int IPPROTO_UDP = 17;

  static final int MSG_FASTOPEN = 0x20000000;

  // setsockopt(2): the options that set a source route, of linux/in.h and linux/in6.h.
  private static final int SOL_IP = 0;
  private static final int IP_OPTIONS = 4;
  private static final int SOL_IPV6 = 41;
  private static final int IPV6_2292PKTOPTIONS = 6;
  private static final int IPV6_2292RTHDR = 5;
  private static final int IPV6_RTHDR = 57;

  private final Architecture architecture;
  private final BpfAssembler code = new BpfAssembler();

  private NetworkFilter(Architecture architecture) {
    this.architecture = architecture;
  }

  /** The filter for processes of an architecture; those of any other are killed. */
  static byte[] of(Architecture architecture) {
    NetworkFilter filter = new NetworkFilter(architecture);
    filter.write();
    return filter.code.assemble();
  }

  static int errno(int errno) {
    return ERRNO | errno;
  }

  private void write() {
    int arch = architecture == Architecture.AMD64 ? AUDIT_AMD64 : AUDIT_AARCH64;
    code.load(ARCH).ifEqual(arch, "known").giveBack(KILL_PROCESS);
    code.label("known").load(NUMBER).ifAtLeast(X32, "absent");
    on(CallNumber.CONNECT, "notify");
    on(CallNumber.BIND, "notify");
    on(CallNumber.LISTEN, "notify");
    on(CallNumber.SENDTO, "sendto");
    on(CallNumber.SENDMSG, "sendmsg");
    on(CallNumber.SENDMMSG, "sendmmsg");
    on(CallNumber.SOCKET, "socket");
    on(CallNumber.SETSOCKOPT, "setsockopt");
    on(CallNumber.IO_URING_SETUP, "absent");
    on(CallNumber.IO_URING_ENTER, "absent");
    on(CallNumber.IO_URING_REGISTER, "absent");
    code.giveBack(ALLOW);
    sends();
    options();
    sockets();
    code.label("allow").giveBack(ALLOW);
    code.label("notify").giveBack(NOTIFY);
    code.label("absent").giveBack(errno(Errno.ENOSYS));
    code.label("forbidden").giveBack(errno(Errno.EPERM));
    code.label("family").giveBack(errno(Errno.EAFNOSUPPORT));
    code.label("protocol").giveBack(errno(Errno.EPROTONOSUPPORT));
    code.label("unsupported").giveBack(errno(Errno.EOPNOTSUPP));
  }

  private void on(CallNumber call, String target) {
    code.ifEqual(call.on(architecture), target);
  }

  private BpfAssembler argument(int index) {
    return code.load(ARGUMENTS + ARGUMENT_BYTES * index);
  }

  /** A pointer is null only if both halves are. */
  private void sends() {
    code.label("sendto");
    argument(3).ifAnySet(MSG_FASTOPEN, "unsupported");
    code.load(ARGUMENTS + ARGUMENT_BYTES * 4).ifAnySet(-1, "notify");
    code.load(ARGUMENTS + ARGUMENT_BYTES * 4 + WORD).ifAnySet(-1, "notify");
    code.giveBack(ALLOW);
    code.label("sendmsg");
    argument(2).ifAnySet(MSG_FASTOPEN, "unsupported").jump("notify");
    code.label("sendmmsg");
    argument(3).ifAnySet(MSG_FASTOPEN, "unsupported").jump("notify");
  }

  private void options() {
    code.label("setsockopt");
    argument(1).ifEqual(SOL_IP, "ip").ifEqual(SOL_IPV6, "ipv6").giveBack(ALLOW);
    code.label("ip");
    argument(2).ifEqual(IP_OPTIONS, "forbidden").giveBack(ALLOW);
    code.label("ipv6");
    argument(2)
        .ifEqual(IPV6_2292PKTOPTIONS, "forbidden")
        .ifEqual(IPV6_2292RTHDR, "forbidden")
        .ifEqual(IPV6_RTHDR, "forbidden")
        .giveBack(ALLOW);
  }

  private void sockets() {
    code.label("socket");
    argument(0)
        .ifEqual(AF_UNIX, "allow")
        .ifEqual(AF_NETLINK, "allow")
        .ifEqual(AF_ALG, "allow")
        .ifEqual(AF_INET, "inet")
        .ifEqual(AF_INET6, "inet")
        .jump("family");
    code.label("inet");
    argument(1)
        .and(TYPE_MASK)
        .ifEqual(SOCK_STREAM, "stream")
        .ifEqual(SOCK_DGRAM, "datagram")
        .ifEqual(SOCK_RAW, "forbidden")
        .ifEqual(SOCK_PACKET, "forbidden")
        .jump("protocol");
    code.label("stream");
    argument(2).ifEqual(0, "allow").ifEqual(IPPROTO_TCP, "allow").jump("protocol");
    code.label("datagram");
    argument(2).ifEqual(0, "allow").ifEqual(IPPROTO_UDP, "allow").jump("protocol");
  }
}
