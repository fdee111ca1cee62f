/**
 * The HTTP half that any forge's face needs: a server on loopback that records its requests and can be made to fail.
 * Knows no forge. Parameters and results are non-null.
 */
package io.jenkins.plugins.bellhop.sandbox.http;
