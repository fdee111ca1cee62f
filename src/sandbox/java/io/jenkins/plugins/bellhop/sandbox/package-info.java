/**
 * The sandbox: a forge, its git server and an agent on loopback, so that everything Bellhop does can be seen and
 * tested without Jenkins and without the internet. The forge uses nothing of the plugin's own packages: one that
 * shared a parser with the plugin would agree with its mistakes. Parameters and results are non-null.
 */
package io.jenkins.plugins.bellhop.sandbox;
