/**
 * Multibranch projects at home: the folder property that connects one, the event that tells it which branch changed, and the
 * statuses of its branches' builds. Branch jobs have no connection of their own; they use their project's.
 */
package io.jenkins.plugins.bellhop.jenkins.multibranch;
