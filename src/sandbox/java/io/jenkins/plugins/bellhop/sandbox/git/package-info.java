/**
 * The forge's git over SSH: who may log in, what a key opens, and a record of both. Knows the state, and takes the
 * sentences it prints from whichever forge it stands for. Parameters and results are non-null.
 */
package io.jenkins.plugins.bellhop.sandbox.git;
