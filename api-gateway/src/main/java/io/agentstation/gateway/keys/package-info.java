/** Who is calling: API keys and agents' tokens. */
@NullMarked
package io.agentstation.gateway.keys;

import org.jspecify.annotations.NullMarked;
