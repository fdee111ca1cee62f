/**
 * What people see besides forms: the job's connection, what waits for approval there, and the
 * deliveries of one job or of all, with their decisions, dry run and replay; for administrators all connections, the rotation
 * of many keys and the audit trail; what a build's page says.
 */
package io.jenkins.plugins.bellhop.jenkins.pages;
