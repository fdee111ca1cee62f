/**
 * The jobs that aren't connected yet: what they are, what would become of each, and the connecting of many at once. Recognises what
 * other plugins left in jobs by its name, and needs none of them.
 */
package io.jenkins.plugins.bellhop.jenkins.moving;
