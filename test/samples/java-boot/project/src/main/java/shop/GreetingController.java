package shop;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class GreetingController {
  @GetMapping("/")
  String greet() {
    return "hello from the shop";
  }
}
