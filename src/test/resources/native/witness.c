/* A library that connects to the witness as soon as it is loaded, is an agent, and passes for the launcher's library. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

__attribute__((constructor)) static void loaded(void) {
  struct sockaddr_in to;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  memset(&to, 0, sizeof to);
  to.sin_family = AF_INET;
  to.sin_port = htons(PORT);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connect(fd, (struct sockaddr *)&to, sizeof to);
  close(fd);
}

int Agent_OnLoad(void *vm, char *options, void *reserved) { return 0; }
int Agent_OnAttach(void *vm, char *options, void *reserved) { return 0; }

/* What a JDK's java takes from its libjli.so, all of it bound before anything of that runs. */
int JLI_AddArgsFromEnvVar(void) { return 0; }
void JLI_InitArgProcessing(void) {}
int JLI_Launch(void) { return 0; }
void JLI_List_add(void) {}
void *JLI_List_new(void) { return 0; }
void JLI_MemFree(void) {}
void *JLI_PreprocessArg(void) { return 0; }
void JLI_ReportMessage(void) {}
void *JLI_StringDup(void) { return 0; }
