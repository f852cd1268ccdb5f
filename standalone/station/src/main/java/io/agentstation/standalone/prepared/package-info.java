/** Servers' directories as they are after their first start, made by the build and copied by new stations. */
@NullMarked
package io.agentstation.standalone.prepared;

import org.jspecify.annotations.NullMarked;
