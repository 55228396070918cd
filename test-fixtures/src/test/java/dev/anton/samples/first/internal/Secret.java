package dev.anton.samples.first.internal;

public class Secret {}
