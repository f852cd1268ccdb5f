/** Values of environment variables, sealed. */
@NullMarked
package io.agentstation.store.secrets;

import org.jspecify.annotations.NullMarked;
