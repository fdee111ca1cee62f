/**
 * Multibranch projects at home: the folder property that connects one, and that of organisation folders, which connects all of
 * theirs; the event that tells a project which branch changed, what it is owed until something came of it, and the statuses of
 * its branches' builds. Branch jobs have no connection of their own; they use their project's.
 */
package io.jenkins.plugins.bellhop.jenkins.multibranch;
