/** The broker's side: its configuration and its main. */
@NullMarked
package io.agentstation.embedded.kafka;

import org.jspecify.annotations.NullMarked;
