/** API keys, by their public id; only hashes of their secrets. */
@NullMarked
package io.agentstation.store.keys;

import org.jspecify.annotations.NullMarked;
