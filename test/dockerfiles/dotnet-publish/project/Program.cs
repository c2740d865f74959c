var app = WebApplication.Create(args);
app.MapGet("/", () => "hello");
app.Run("http://0.0.0.0:8080");
