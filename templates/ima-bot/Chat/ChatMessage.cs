namespace ImaChatBot.Chat;

/// <summary>A message of a user.</summary>
/// <param name="ConversationId">Where the answer goes.</param>
/// <param name="Id">
/// The platform's id of the message, unique in its conversation. A platform that delivers a message twice must give it the same id:
/// then it is charged once.
/// </param>
/// <param name="Text">What the user wrote.</param>
internal sealed record ChatMessage(string ConversationId, string Id, string Text);
