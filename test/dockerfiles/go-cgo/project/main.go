package main

/*
#cgo LDFLAGS: -lsqlite3
#include <sqlite3.h>
*/
import "C"

import (
	"flag"
	"fmt"
	"net/http"
)

func main() {
	port := flag.String("port", "8080", "")
	flag.Parse()
	threads := int(C.sqlite3_threadsafe())
	http.HandleFunc("/", func(writer http.ResponseWriter, request *http.Request) {
		fmt.Fprintf(writer, "thread-safe %d", threads)
	})
	http.ListenAndServe(":"+*port, nil)
}
