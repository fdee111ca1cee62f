/**
 * What is packed and how: the plugin archive, its indexes, its views, and the signatures that the default build compiles
 * against. Looks at files alone, so nothing here needs a running Jenkins.
 */
package io.jenkins.plugins.bellhop.packaging;
