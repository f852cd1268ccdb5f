/** The pages for people say what the code does. */
@NullMarked
package io.agentstation.docs;

import org.jspecify.annotations.NullMarked;
