open("prepared.txt", "w").write("prepared")
