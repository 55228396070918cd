package dev.anton.samples.util;

public class Anything {}
