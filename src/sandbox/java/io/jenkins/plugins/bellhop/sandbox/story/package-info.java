/**
 * The program that a newcomer runs first: Bellhop's core between a forge and an agent, with a small stand-in for Jenkins,
 * going through its main job step by step and checking each step from the forge's side.
 */
package io.jenkins.plugins.bellhop.sandbox.story;
