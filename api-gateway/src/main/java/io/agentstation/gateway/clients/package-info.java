/** Where requests come from, and addresses from which credentials are guessed. */
@NullMarked
package io.agentstation.gateway.clients;

import org.jspecify.annotations.NullMarked;
