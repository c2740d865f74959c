name := "app"
