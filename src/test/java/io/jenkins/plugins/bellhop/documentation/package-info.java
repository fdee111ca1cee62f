/**
 * What the documentation says, held against what the product has: links, labels, messages, rules and names. The snippets
 * for Jenkins run in the tests with a real one.
 */
package io.jenkins.plugins.bellhop.documentation;
