// The sandbox's own interface. A refusal becomes an Error with the sentence that the sandbox gave.

async function answer(response) {
  const body = await response.json().catch(() => ({ message: "The sandbox gave no readable answer." }));
  if (!response.ok) throw new Error(body.message ?? "The sandbox refused.");
  return body;
}

async function reached(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new Error("The sandbox cannot be reached. What you typed is still here; try again.");
  }
}

export async function get(path) {
  return answer(await reached(path));
}

export async function post(path, body) {
  return answer(await reached(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }));
}

// All that a person sees, and the point of the book up to which that is known.
export async function messagesOf(person) {
  const response = await reached(`/api/messages?person=${encodeURIComponent(person)}`);
  const seq = response.headers.get("X-Seq") ?? "0";
  return { messages: await answer(response), seq };
}
