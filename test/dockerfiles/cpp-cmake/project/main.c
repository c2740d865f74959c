#include <netinet/in.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  int on = 1;
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(8080), .sin_addr.s_addr = INADDR_ANY};
  bind(s, (struct sockaddr *)&a, sizeof a);
  listen(s, 8);
  for (;;) {
    int c = accept(s, 0, 0);
    char buffer[1024];
    read(c, buffer, sizeof buffer);
    const char *v = sqlite3_libversion();
    dprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", strlen(v), v);
    close(c);
  }
}
