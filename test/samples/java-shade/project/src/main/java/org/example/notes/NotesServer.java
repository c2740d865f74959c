package org.example.notes;

import io.javalin.Javalin;

public class NotesServer {
  public static void main(String[] args) {
    Javalin.create().get("/notes", context -> context.result("buy milk")).start(7070);
  }
}
