// Calls with good, bad and odd arguments. Prints a line for each: its name, result and error.
// usage: table TCP_PORT CLOSED_PORT UDP_PORT DIRECTORY
// Nothing in the output may depend on who does the call, or when.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static int tcp, closed, udp;
static char *dir;
static int count;

static void say(const char *name, long result) {
  int error = result < 0 ? errno : 0;
  printf("%3d %s: %ld %s\n", ++count, name, result, error ? strerrorname_np(error) : "-");
}

static struct sockaddr_in in4(const char *address, int port) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, address, &a.sin_addr);
  return a;
}

static struct sockaddr_in6 in6(const char *address, int port) {
  struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
  inet_pton(AF_INET6, address, &a.sin6_addr);
  return a;
}

static struct sockaddr_un un(const char *name) {
  struct sockaddr_un a = {.sun_family = AF_UNIX};
  snprintf(a.sun_path, sizeof a.sun_path, "%s/%s", dir, name);
  return a;
}

#define P(x) ((struct sockaddr *)&(x))

static void connects(int family, const char *label) {
  char name[99];
  int types[] = {SOCK_STREAM, SOCK_STREAM | SOCK_NONBLOCK, SOCK_DGRAM};
  const char *kinds[] = {"tcp", "tcp nonblocking", "udp"};
  for (int t = 0; t < 3; t++) {
    struct sockaddr_in good = in4("127.0.0.1", tcp), no = in4("127.0.0.1", closed);
    struct sockaddr_in any = in4("0.0.0.0", tcp), wide = in4("255.255.255.255", tcp);
    struct sockaddr_in many = in4("224.0.0.1", tcp), zero = in4("127.0.0.1", 0);
    struct sockaddr_in6 good6 = in6("::ffff:127.0.0.1", tcp), no6 = in6("::1", closed);
    struct sockaddr none = {.sa_family = AF_UNSPEC};
    struct sockaddr odd = {.sa_family = 77};
    struct sockaddr_storage big;
    memset(&big, 0, sizeof big);
    memcpy(&big, family == AF_INET ? (void *)&good : (void *)&good6,
           family == AF_INET ? sizeof good : sizeof good6);
    struct { const char *what; void *a; socklen_t l; } cases[] = {
        {"4 good", &good, sizeof good},
        {"4 closed", &no, sizeof no},
        {"4 any", &any, sizeof any},
        {"4 broadcast", &wide, sizeof wide},
        {"4 multicast", &many, sizeof many},
        {"4 port 0", &zero, sizeof zero},
        {"4 short", &good, 8},
        {"4 length 2", &good, 2},
        {"4 length 1", &good, 1},
        {"4 length 0", &good, 0},
        {"4 length -1", &good, -1},
        {"4 length 129", &big, 129},
        {"4 length 128", &big, 128},
        {"6 good", &good6, sizeof good6},
        {"6 closed", &no6, sizeof no6},
        {"6 short", &good6, 24},
        {"6 shorter", &good6, 20},
        {"unspecified", &none, sizeof none},
        {"family 77", &odd, sizeof odd},
        {"null", NULL, sizeof good},
        {"bad pointer", (void *)8, sizeof good},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
      int s = socket(family, types[t], 0);
      snprintf(name, sizeof name, "connect %s %s, %s", label, kinds[t], cases[i].what);
      say(name, connect(s, cases[i].a, cases[i].l));
      close(s);
    }
  }
}

static void states(void) {
  struct sockaddr_in good = in4("127.0.0.1", tcp), no = in4("127.0.0.1", closed);
  struct sockaddr none = {.sa_family = AF_UNSPEC};
  int s = socket(AF_INET, SOCK_STREAM, 0);
  say("connect", connect(s, P(good), sizeof good));
  say("connect twice", connect(s, P(good), sizeof good));
  say("disconnect", connect(s, &none, sizeof none));
  say("connect after that", connect(s, P(good), sizeof good));
  close(s);
  say("connect closed descriptor", connect(s, P(good), sizeof good));
  say("connect descriptor -1", connect(-1, P(good), sizeof good));
  say("connect descriptor 1000000", connect(1000000, P(good), sizeof good));
  int f = open("/dev/null", O_RDWR);
  say("connect file", connect(f, P(good), sizeof good));
  say("bind file", bind(f, P(good), sizeof good));
  say("listen file", listen(f, 1));
  say("sendto file", sendto(f, "x", 1, 0, P(good), sizeof good));
  say("connect file, bad pointer", connect(f, (void *)8, sizeof good));
  say("bind file, bad pointer", bind(f, (void *)8, sizeof good));
  close(f);
  f = open("/dev/null", O_PATH);
  say("connect O_PATH", connect(f, P(good), sizeof good));
  close(f);
  s = socket(AF_INET, SOCK_STREAM, 0);
  struct timeval tv = {5, 0};
  setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof tv);
  say("connect with timeout", connect(s, P(good), sizeof good));
  close(s);
  s = socket(AF_INET, SOCK_STREAM, 0);
  say("connect refused", connect(s, P(no), sizeof no));
  say("connect after refused", connect(s, P(good), sizeof good));
  close(s);
}

static void binds(void) {
  struct { const char *what; int family; const char *address; } a[] = {
      {"4 loopback", AF_INET, "127.0.0.1"}, {"4 any", AF_INET, "0.0.0.0"},
      {"4 foreign", AF_INET, "192.0.2.1"},  {"4 multicast", AF_INET, "224.0.0.5"},
      {"6 loopback", AF_INET6, "::1"},      {"6 any", AF_INET6, "::"},
      {"6 foreign", AF_INET6, "2001:db8::1"}, {"6 mapped", AF_INET6, "::ffff:127.0.0.1"}};
  int types[] = {SOCK_STREAM, SOCK_DGRAM};
  char name[99];
  for (unsigned i = 0; i < sizeof a / sizeof *a; i++) {
    for (int t = 0; t < 2; t++) {
      int s = socket(a[i].family, types[t], 0);
      struct sockaddr_in b4 = in4(a[i].address, 0);
      struct sockaddr_in6 b6 = in6(a[i].address, 0);
      snprintf(name, sizeof name, "bind %s %s", t ? "udp" : "tcp", a[i].what);
      int is4 = a[i].family == AF_INET;
      say(name, is4 ? bind(s, P(b4), sizeof b4) : bind(s, P(b6), sizeof b6));
      snprintf(name, sizeof name, "bind again %s %s", t ? "udp" : "tcp", a[i].what);
      say(name, is4 ? bind(s, P(b4), sizeof b4) : bind(s, P(b6), sizeof b6));
      snprintf(name, sizeof name, "listen %s %s", t ? "udp" : "tcp", a[i].what);
      say(name, listen(s, 5));
      close(s);
    }
  }
  struct sockaddr_in taken = in4("127.0.0.1", tcp), low = in4("127.0.0.1", 81);
  struct sockaddr_in wrong = in4("127.0.0.1", 0), any = in4("0.0.0.0", 0);
  struct sockaddr_in6 six = in6("::1", 0);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  say("bind taken", bind(s, P(taken), sizeof taken));
  say("bind short", bind(s, P(taken), 8));
  say("bind null", bind(s, NULL, 16));
  say("bind length 0", bind(s, P(taken), 0));
  say("bind length -1", bind(s, P(taken), -1));
  say("bind length 200", bind(s, P(taken), 200));
  say("bind 6 to 4", bind(s, P(six), sizeof six));
  wrong.sin_family = AF_UNSPEC;
  say("bind unspecified loopback", bind(s, P(wrong), sizeof wrong));
  any.sin_family = AF_UNSPEC;
  say("bind unspecified any", bind(s, P(any), sizeof any));
  close(s);
  s = socket(AF_INET, SOCK_STREAM, 0);
  say("bind low port", bind(s, P(low), sizeof low));
  close(s);
  s = socket(AF_INET, SOCK_STREAM, 0);
  say("listen without bind", listen(s, 0));
  say("listen again", listen(s, -1));
  close(s);
  s = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in good = in4("127.0.0.1", tcp);
  say("connect", connect(s, P(good), sizeof good));
  say("listen connected", listen(s, 1));
  close(s);
}

static void sends(void) {
  struct sockaddr_in good = in4("127.0.0.1", udp), zero = in4("127.0.0.1", 0);
  struct sockaddr_in wide = in4("255.255.255.255", udp), unspec = in4("127.0.0.1", udp);
  struct sockaddr_in6 good6 = in6("::ffff:127.0.0.1", udp), six = in6("::1", udp);
  unspec.sin_family = AF_UNSPEC;
  struct sockaddr none = {.sa_family = AF_UNSPEC}, odd = {.sa_family = 77};
  static char big[70000];
  int families[] = {AF_INET, AF_INET6};
  char name[99];
  for (int f = 0; f < 2; f++) {
    struct { const char *what; void *a; socklen_t l; void *d; size_t n; int flags; } cases[] = {
        {"4 good", &good, sizeof good, "abc", 3, 0},
        {"4 empty", &good, sizeof good, "abc", 0, 0},
        {"4 large", &good, sizeof good, big, 65507, 0},
        {"4 too large", &good, sizeof good, big, 65508, 0},
        {"4 huge", &good, sizeof good, big, 70000, 0},
        {"4 bad data", &good, sizeof good, (void *)8, 3, 0},
        {"4 port 0", &zero, sizeof zero, "abc", 3, 0},
        {"4 broadcast", &wide, sizeof wide, "abc", 3, 0},
        {"4 unspecified", &unspec, sizeof unspec, "abc", 3, 0},
        {"4 short", &good, 8, "abc", 3, 0},
        {"4 oob", &good, sizeof good, "abc", 3, MSG_OOB},
        {"4 dontwait", &good, sizeof good, "abc", 3, MSG_DONTWAIT},
        {"4 confirm", &good, sizeof good, "abc", 3, MSG_CONFIRM},
        {"6 mapped", &good6, sizeof good6, "abc", 3, 0},
        {"6 loopback", &six, sizeof six, "abc", 3, 0},
        {"6 short", &six, 20, "abc", 3, 0},
        {"unspecified", &none, sizeof none, "abc", 3, 0},
        {"family 77", &odd, sizeof odd, "abc", 3, 0},
        {"length 0", &good, 0, "abc", 3, 0},
        {"length -1", &good, -1, "abc", 3, 0},
        {"length 129", &good, 129, "abc", 3, 0},
        {"bad address", (void *)8, sizeof good, "abc", 3, 0},
        {"no address", NULL, 0, "abc", 3, 0},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
      int s = socket(families[f], SOCK_DGRAM, 0);
      snprintf(name, sizeof name, "sendto udp%d, %s", f ? 6 : 4, cases[i].what);
      say(name, sendto(s, cases[i].d, cases[i].n, cases[i].flags, cases[i].a, cases[i].l));
      close(s);
      s = socket(families[f], SOCK_DGRAM, 0);
      struct iovec v[2] = {{cases[i].d, cases[i].n}, {"xy", 2}};
      struct msghdr m = {.msg_name = cases[i].a, .msg_namelen = cases[i].l, .msg_iov = v,
                         .msg_iovlen = 2};
      snprintf(name, sizeof name, "sendmsg udp%d, %s", f ? 6 : 4, cases[i].what);
      say(name, sendmsg(s, &m, cases[i].flags));
      struct mmsghdr mm[3] = {{.msg_hdr = m}, {.msg_hdr = m}, {.msg_hdr = m}};
      mm[1].msg_hdr.msg_iovlen = 1;
      snprintf(name, sizeof name, "sendmmsg udp%d, %s", f ? 6 : 4, cases[i].what);
      long r = sendmmsg(s, mm, 3, cases[i].flags);
      say(name, r);
      printf("    lengths %u %u %u\n", mm[0].msg_len, mm[1].msg_len, mm[2].msg_len);
      close(s);
    }
  }
}

static void messages(void) {
  struct sockaddr_in good = in4("127.0.0.1", udp), t = in4("127.0.0.1", tcp);
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  struct iovec v = {"abc", 3};
  struct msghdr m = {.msg_name = &good, .msg_namelen = sizeof good, .msg_iov = &v, .msg_iovlen = 1};
  struct msghdr x = m;
  say("sendmsg null", syscall(SYS_sendmsg, s, NULL, 0));
  x.msg_iovlen = 1025;
  say("sendmsg 1025 vectors", sendmsg(s, &x, 0));
  x.msg_iovlen = -1;
  say("sendmsg -1 vectors", sendmsg(s, &x, 0));
  x = m;
  x.msg_iov = NULL;
  say("sendmsg no vectors", sendmsg(s, &x, 0));
  x.msg_iovlen = 0;
  say("sendmsg 0 vectors", sendmsg(s, &x, 0));
  x = m;
  x.msg_namelen = 500;
  say("sendmsg long name", sendmsg(s, &x, 0));
  char c[CMSG_SPACE(sizeof(int))];
  memset(c, 0, sizeof c);
  x = m;
  x.msg_control = c;
  x.msg_controllen = sizeof c;
  say("sendmsg empty ancillary", sendmsg(s, &x, 0));
  struct cmsghdr *h = (void *)c;
  h->cmsg_len = CMSG_LEN(sizeof(int));
  h->cmsg_level = IPPROTO_IP;
  h->cmsg_type = IP_TTL;
  *(int *)CMSG_DATA(h) = 9;
  say("sendmsg with ttl", sendmsg(s, &x, 0));
  h->cmsg_len = 500;
  say("sendmsg malformed ancillary", sendmsg(s, &x, 0));
  x.msg_control = (void *)8;
  say("sendmsg bad ancillary", sendmsg(s, &x, 0));
  x.msg_control = c;
  x.msg_controllen = (size_t)1 << 40;
  say("sendmsg endless ancillary", sendmsg(s, &x, 0));
  say("sendmmsg none", sendmmsg(s, NULL, 0, 0));
  say("sendmmsg null", syscall(SYS_sendmmsg, s, NULL, 1, 0));
  say("connect udp", connect(s, P(good), sizeof good));
  x = m;
  x.msg_name = NULL;
  say("sendmsg connected", sendmsg(s, &x, 0));
  say("sendmsg connected, named", sendmsg(s, &m, 0));
  say("send connected", send(s, "abc", 3, 0));
  close(s);
  s = socket(AF_INET, SOCK_STREAM, 0);
  m.msg_name = &t;
  signal(SIGPIPE, SIG_IGN);
  say("sendmsg tcp not connected", sendmsg(s, &m, 0));
  say("sendto tcp not connected", sendto(s, "x", 1, MSG_NOSIGNAL, P(t), sizeof t));
  say("connect", connect(s, P(t), sizeof t));
  say("sendmsg tcp named", sendmsg(s, &m, 0));
  say("sendto tcp named", sendto(s, "x", 1, 0, P(t), sizeof t));
  m.msg_name = NULL;
  say("sendmsg tcp", sendmsg(s, &m, 0));
  struct iovec many[1000];
  for (int i = 0; i < 1000; i++) many[i] = (struct iovec){"abcdefgh", 8};
  m.msg_iov = many;
  m.msg_iovlen = 1000;
  say("sendmsg tcp 1000 vectors", sendmsg(s, &m, 0));
  shutdown(s, SHUT_WR);
  say("sendmsg tcp after shutdown", sendmsg(s, &m, 0));
  close(s);
}

static void local(void) {
  char name[99];
  int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
  for (int t = 0; t < 3; t++) {
    struct sockaddr_un a = un("a"), absent = un("absent"), deep = un("no/where"), file = un("file");
    struct sockaddr_un hidden = {.sun_family = AF_UNIX, .sun_path = "\0appaware-table"};
    struct sockaddr_un rel = {.sun_family = AF_UNIX, .sun_path = "b"};
    unlink(a.sun_path);
    unlink(rel.sun_path);
    close(open(file.sun_path, O_CREAT | O_WRONLY, 0600));
    int s = socket(AF_UNIX, types[t], 0);
#define N(text) (snprintf(name, sizeof name, "unix %d %s", types[t], text), name)
    umask(0137);
    say(N("bind"), bind(s, P(a), sizeof a));
    struct stat st;
    stat(a.sun_path, &st);
    printf("    mode %o\n", st.st_mode & 07777);
    umask(022);
    say(N("bind again"), bind(s, P(a), sizeof a));
    struct sockaddr_un found;
    socklen_t l = sizeof found;
    getsockname(s, P(found), &l);
    printf("    %d %d\n", strcmp(found.sun_path, a.sun_path), (int)l);
    say(N("listen"), listen(s, 3));
    int c = socket(AF_UNIX, types[t], 0);
    say(N("connect absent"), connect(c, P(absent), sizeof absent));
    say(N("connect deep"), connect(c, P(deep), sizeof deep));
    say(N("connect file"), connect(c, P(file), sizeof file));
    say(N("connect length 2"), connect(c, P(a), 2));
    say(N("connect length 111"), connect(c, P(a), 111));
    say(N("connect"), connect(c, P(a), sizeof a));
    l = sizeof found;
    memset(&found, 0, sizeof found);
    getpeername(c, P(found), &l);
    printf("    %d %d\n", strcmp(found.sun_path, a.sun_path), (int)l);
    say(N("connect again"), connect(c, P(a), sizeof a));
    struct iovec v = {"abc", 3};
    struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};
    char control[CMSG_SPACE(sizeof(int))];
    memset(control, 0, sizeof control);
    struct cmsghdr *h = (void *)control;
    h->cmsg_len = CMSG_LEN(sizeof(int));
    h->cmsg_level = SOL_SOCKET;
    h->cmsg_type = SCM_RIGHTS;
    *(int *)CMSG_DATA(h) = 0;
    m.msg_control = control;
    m.msg_controllen = sizeof control;
    say(N("send a descriptor"), sendmsg(c, &m, 0));
    *(int *)CMSG_DATA(h) = 999;
    say(N("send a bad descriptor"), sendmsg(c, &m, 0));
    m.msg_control = NULL;
    m.msg_controllen = 0;
    say(N("send"), sendmsg(c, &m, 0));
    say(N("send to path"), sendto(c, "x", 1, MSG_NOSIGNAL, P(a), sizeof a));
    say(N("send to absent"), sendto(c, "x", 1, MSG_NOSIGNAL, P(absent), sizeof absent));
    close(c);
    close(s);
    c = socket(AF_UNIX, types[t], 0);
    say(N("connect to one that is gone"), connect(c, P(a), sizeof a));
    close(c);
    s = socket(AF_UNIX, types[t], 0);
    say(N("bind hidden"), bind(s, P(hidden), 2 + 16));
    say(N("listen hidden"), listen(s, 1));
    c = socket(AF_UNIX, types[t], 0);
    say(N("connect hidden"), connect(c, P(hidden), 2 + 16));
    close(c);
    close(s);
    s = socket(AF_UNIX, types[t], 0);
    say(N("bind any name"), bind(s, P(hidden), 2));
    close(s);
    s = socket(AF_UNIX, types[t], 0);
    say(N("bind relative"), bind(s, P(rel), sizeof rel));
    say(N("bind file"), bind(socket(AF_UNIX, types[t], 0), P(file), sizeof file));
    say(N("bind deep"), bind(socket(AF_UNIX, types[t], 0), P(deep), sizeof deep));
    say(N("listen relative"), listen(s, 1));
    c = socket(AF_UNIX, types[t], 0);
    say(N("connect relative"), connect(c, P(rel), sizeof rel));
    close(c);
    close(s);
    unlink(rel.sun_path);
    unlink(a.sun_path);
    s = socket(AF_UNIX, types[t], 0);
    say(N("listen without bind"), listen(s, 1));
    say(N("null"), connect(s, NULL, 20));
    close(s);
  }
}

static void netlink(void) {
  int s = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  struct sockaddr_nl a = {.nl_family = AF_NETLINK};
  say("netlink bind", bind(s, P(a), sizeof a));
  struct { struct nlmsghdr h; struct rtgenmsg g; } q = {
      {.nlmsg_len = sizeof q, .nlmsg_type = RTM_GETLINK, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
      {.rtgen_family = AF_PACKET}};
  say("netlink sendto", sendto(s, &q, sizeof q, 0, P(a), sizeof a));
  char answer[8192];
  say("netlink answers", recv(s, answer, sizeof answer, 0) > 0);
  struct iovec v = {&q, sizeof q};
  struct msghdr m = {.msg_name = &a, .msg_namelen = sizeof a, .msg_iov = &v, .msg_iovlen = 1};
  close(s);
  s = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  say("netlink sendmsg", sendmsg(s, &m, 0));
  say("netlink connect", connect(s, P(a), sizeof a));
  close(s);
}

int main(int argc, char **argv) {
  tcp = atoi(argv[1]);
  closed = atoi(argv[2]);
  udp = atoi(argv[3]);
  dir = argv[4];
  if (chdir(dir)) return 1;
  setvbuf(stdout, NULL, _IOLBF, 0);
  connects(AF_INET, "4");
  connects(AF_INET6, "6");
  states();
  binds();
  sends();
  messages();
  local();
  netlink();
  return 0;
}
