package hudson.util;

public class ListBoxModel {}
