/**
 * The webhook endpoint: HTTP in, HTTP out, no decisions.
 */
package io.jenkins.plugins.bellhop.jenkins.receive;
