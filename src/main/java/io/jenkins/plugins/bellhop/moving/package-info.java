/**
 * What would become of jobs that aren't connected yet, as values: how a job starts now, what Bellhop would do, what is to be taken
 * away afterwards, and what hinders. Knows neither Jenkins nor the plugins that jobs come from; these have names alone.
 */
package io.jenkins.plugins.bellhop.moving;
