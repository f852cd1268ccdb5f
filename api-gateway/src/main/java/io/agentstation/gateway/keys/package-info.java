/** Who is calling and what they may do: API keys, their roles, and agents' tokens. */
@NullMarked
package io.agentstation.gateway.keys;

import org.jspecify.annotations.NullMarked;
