/**
 * Connections at home in Jenkins: the job property that asks for one, the store that keeps them, and the reconciler that carries out what jobs ask for.
 */
package io.jenkins.plugins.bellhop.jenkins.connection;
