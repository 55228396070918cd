package dev.anton.samples.third;

import java.util.Calendar;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Controller;

@Controller
public class SessionManager {
  @Autowired Calendar calendar;

  void print() {
    System.out.println(calendar.getTime());
  }
}
