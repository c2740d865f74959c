require "webrick"
server = WEBrick::HTTPServer.new(Port: 4567, BindAddress: "0.0.0.0")
server.mount_proc("/") { |_, response| response.body = "hello" }
server.start
