// Ways to reach a network. Each prints what came of it: "done", or an error's name.
// usage: ways WAY TCP_PORT UDP_PORT [ARGUMENT]
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in tcp, udp;

static struct sockaddr_in at(int port) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return a;
}

static void tell(const char *what, int result) {
  if (result < 0) {
    printf("%s: %s\n", what, strerrorname_np(errno));
  } else {
    printf("%s: done\n", what);
  }
  fflush(stdout);
}

static int dial(void) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  return connect(s, (void *)&tcp, sizeof tcp);
}

static void nonblocking(void) {
  int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int r = connect(s, (void *)&tcp, sizeof tcp);
  if (r < 0 && errno == EINPROGRESS) {
    struct pollfd p = {s, POLLOUT, 0};
    poll(&p, 1, 10000);
    socklen_t l = sizeof errno;
    getsockopt(s, SOL_SOCKET, SO_ERROR, &errno, &l);
    r = errno ? -1 : 0;
  }
  tell("nonblocking", r);
}

static void datagrams(void) {
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  tell("sendto", sendto(s, "x", 1, 0, (void *)&udp, sizeof udp));
  struct iovec v = {"x", 1};
  struct msghdr m = {.msg_name = &udp, .msg_namelen = sizeof udp, .msg_iov = &v, .msg_iovlen = 1};
  tell("sendmsg", sendmsg(s, &m, 0));
  struct mmsghdr all[3] = {{.msg_hdr = m}, {.msg_hdr = m}, {.msg_hdr = m}};
  tell("sendmmsg", sendmmsg(s, all, 3, 0));
  int c = socket(AF_INET, SOCK_DGRAM, 0);
  int r = connect(c, (void *)&udp, sizeof udp);
  tell("connect", r);
  if (r == 0) {
    tell("send", send(c, "x", 1, 0));
  }
}

// A child that shares the parent's memory.
static void vforked(void) {
  static volatile int result, error;
  pid_t child = vfork();
  if (child == 0) {
    result = dial();
    error = errno;
    _exit(0);
  }
  waitpid(child, NULL, 0);
  errno = error;
  tell("vfork", result);
}

// Twice forked, in a session of its own, its parent gone.
static void daemonized(void) {
  int end[2];
  if (pipe(end)) exit(1);
  if (fork() == 0) {
    setsid();
    if (fork() == 0) {
      while (getppid() == getpgid(0)) sched_yield();
      int r = dial(), e = r < 0 ? errno : 0;
      if (write(end[1], &e, sizeof e) < 0) exit(1);
      _exit(0);
    }
    _exit(0);
  }
  int e = -1;
  if (read(end[0], &e, sizeof e) < 0) exit(1);
  errno = e;
  tell("daemon", e ? -1 : 0);
}

static atomic_int reached, refused;

static void *dialer(void *unused) {
  for (int i = 0; i < 5; i++) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (void *)&tcp, sizeof tcp) == 0) {
      reached++;
    } else if (errno == EACCES) {
      refused++;
    }
    close(s);
  }
  return unused;
}

static void threads(void) {
  pthread_t all[16];
  for (int i = 0; i < 16; i++) pthread_create(&all[i], NULL, dialer, NULL);
  for (int i = 0; i < 16; i++) pthread_join(all[i], NULL);
  printf("threads: %d reached, %d refused\n", reached, refused);
}

// The rest of a race: another thread changes what a call points to, or its descriptor.
static volatile struct sockaddr_in flipped;
static volatile int over;
static int good, bad;

static void *flip(void *unused) {
  while (!over) {
    flipped.sin_port = htons(good);
    flipped.sin_port = htons(bad);
  }
  return unused;
}

static void race(int rounds, int other) {
  pthread_t thread;
  good = ntohs(tcp.sin_port);
  bad = other;
  flipped = tcp;
  pthread_create(&thread, NULL, flip, NULL);
  int through = 0, denied = 0, wrong = 0;
  for (int i = 0; i < rounds; i++) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (void *)&flipped, sizeof flipped) == 0) {
      struct sockaddr_in peer;
      socklen_t l = sizeof peer;
      getpeername(s, (void *)&peer, &l);
      through++;
      wrong += ntohs(peer.sin_port) == bad;
    } else {
      denied += errno == EACCES;
    }
    struct linger now = {1, 0};
    setsockopt(s, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(s);
  }
  over = 1;
  pthread_join(thread, NULL);
  printf("race: %d wrong%s%s\n", wrong, through ? ", some allowed" : "", denied ? ", some denied" : "");
}

// A Unix-domain socket, which no rule is about, and a datagram socket take turns at one number.
static int number;

static void *swap(void *unused) {
  int local = socket(AF_UNIX, SOCK_DGRAM, 0), wide = socket(AF_INET, SOCK_DGRAM, 0);
  while (!over) {
    dup2(local, number);
    dup2(wide, number);
  }
  return unused;
}

static void swaps(int rounds) {
  pthread_t thread;
  number = dup(0);
  struct iovec v = {"x", 1};
  struct msghdr m = {.msg_name = &udp, .msg_namelen = sizeof udp, .msg_iov = &v, .msg_iovlen = 1};
  pthread_create(&thread, NULL, swap, NULL);
  int sent = 0;
  for (int i = 0; i < rounds; i++) {
    sent += sendmsg(number, &m, MSG_DONTWAIT) >= 0;
    sent += connect(number, (void *)&udp, sizeof udp) == 0;
  }
  over = 1;
  pthread_join(thread, NULL);
  printf("swaps: %d sent\n", sent);
}

// A link flips between a socket that may be reached and one that may not.
static char *link_path, *good_path, *bad_path;

static void *relink(void *unused) {
  char next[200];
  snprintf(next, sizeof next, "%s.next", link_path);
  while (!over) {
    unlink(next);
    if (symlink(good_path, next) == 0) rename(next, link_path);
    unlink(next);
    if (symlink(bad_path, next) == 0) rename(next, link_path);
  }
  return unused;
}

static int listener(const char *path) {
  struct sockaddr_un a = {.sun_family = AF_UNIX};
  strncpy(a.sun_path, path, sizeof a.sun_path - 1);
  int s = socket(AF_UNIX, SOCK_STREAM, 0);
  unlink(path);
  if (bind(s, (void *)&a, sizeof a) || listen(s, 100)) {
    perror(path);
    exit(1);
  }
  fcntl(s, F_SETFL, O_NONBLOCK);
  return s;
}

static void links(int rounds, char *directory) {
  char paths[3][150];
  char *names[] = {"link", "good", "bad"};
  for (int i = 0; i < 3; i++) snprintf(paths[i], sizeof paths[i], "%s/%s", directory, names[i]);
  link_path = paths[0], good_path = paths[1], bad_path = paths[2];
  int allowed = listener(good_path), forbidden = listener(bad_path);
  if (symlink(good_path, link_path)) exit(1);
  pthread_t thread;
  pthread_create(&thread, NULL, relink, NULL);
  struct sockaddr_un a = {.sun_family = AF_UNIX};
  strcpy(a.sun_path, link_path);
  int through = 0, denied = 0, wrong = 0;
  for (int i = 0; i < rounds; i++) {
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(s, (void *)&a, sizeof a) == 0) through++;
    else denied += errno == EACCES;
    close(s);
    int peer;
    while ((peer = accept(forbidden, NULL, NULL)) >= 0) wrong++, close(peer);
    while ((peer = accept(allowed, NULL, NULL)) >= 0) close(peer);
  }
  over = 1;
  pthread_join(thread, NULL);
  printf("links: %d wrong%s%s\n", wrong, through ? ", some allowed" : "", denied ? ", some denied" : "");
}

static volatile int handled;

static void handler(int signal) {
  (void)signal;
  handled++;
}

// A listener whose queue is full: connecting to it waits.
static struct sockaddr_in full(void) {
  struct sockaddr_in a = at(0);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(s, (void *)&a, sizeof a) || listen(s, 0)) exit(1);
  socklen_t l = sizeof a;
  getsockname(s, (void *)&a, &l);
  for (int i = 0; i < 4; i++) {
    int c = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    connect(c, (void *)&a, sizeof a);
  }
  struct timespec moment = {0, 50000000};
  nanosleep(&moment, NULL);
  return a;
}

static void signals(int flags) {
  struct sockaddr_in a = full();
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  sigaction(SIGALRM, &action, NULL);
  struct itimerval timer = {{0, 100000}, {0, 100000}};
  setitimer(ITIMER_REAL, &timer, NULL);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  struct timeval most = {1, 0};
  if (flags) {
    // It begins again after each signal, so that only the other thread's end ends it.
    signal(SIGUSR1, handler);
    struct sigaction once = {.sa_handler = handler};
    sigaction(SIGUSR1, &once, NULL);
    if (fork() == 0) {
      struct timespec later = {0, 700000000};
      setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
      nanosleep(&later, NULL);
      kill(getppid(), SIGUSR1);
      _exit(0);
    }
  }
  (void)most;
  int r = connect(s, (void *)&a, sizeof a);
  int error = errno;
  setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
  errno = error;
  tell(flags ? "restarted" : "interrupted", r);
  printf("handled: %s\n", flags ? (handled > 3 ? "many" : "few") : (handled == 1 ? "one" : "many"));
}

static void timeout(void) {
  struct sockaddr_in a = full();
  int s = socket(AF_INET, SOCK_STREAM, 0);
  struct timeval most = {0, 300000};
  setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
  tell("timeout", connect(s, (void *)&a, sizeof a));
}

// While one thread waits long for its connection, another one is served.
static void *waiter(void *address) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  connect(s, address, sizeof(struct sockaddr_in));
  return NULL;
}

static void beside(void) {
  static struct sockaddr_in a;
  a = full();
  pthread_t all[8];
  for (int i = 0; i < 8; i++) pthread_create(&all[i], NULL, waiter, &a);
  struct timespec moment = {0, 100000000};
  nanosleep(&moment, NULL);
  tell("beside", dial());
  _exit(0);
}

int main(int argc, char **argv) {
  char *way = argv[1];
  if (argc < 4) return 2;
  tcp = at(atoi(argv[2]));
  udp = at(atoi(argv[3]));
  if (!strcmp(way, "connect")) tell("connect", dial());
  if (!strcmp(way, "nonblocking")) nonblocking();
  if (!strcmp(way, "datagrams")) datagrams();
  if (!strcmp(way, "vfork")) vforked();
  if (!strcmp(way, "daemon")) daemonized();
  if (!strcmp(way, "threads")) threads();
  if (!strcmp(way, "race")) race(atoi(argv[4]), atoi(argv[5]));
  if (!strcmp(way, "swaps")) swaps(atoi(argv[4]));
  if (!strcmp(way, "links")) links(atoi(argv[4]), argv[5]);
  if (!strcmp(way, "interrupted")) signals(0);
  if (!strcmp(way, "restarted")) signals(SA_RESTART);
  if (!strcmp(way, "timeout")) timeout();
  if (!strcmp(way, "beside")) beside();
  return 0;
}
