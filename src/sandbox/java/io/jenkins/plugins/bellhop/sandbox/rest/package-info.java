/**
 * What the REST API of any forge is made of: routes, what they require, calls, refusals and JSON. Knows the state and
 * HTTP, and no forge. Parameters and results are non-null.
 */
package io.jenkins.plugins.bellhop.sandbox.rest;
