namespace ImaChatBot.Chat;

/// <summary>The chat platform. Replace <see cref="ConsoleChat"/> with a class for yours.</summary>
/// <remarks>Several answers are sent at the same time.</remarks>
internal interface IChat
{
    /// <summary>The messages of users, until the chat ends or the bot is stopped.</summary>
    IAsyncEnumerable<ChatMessage> ReadAsync(CancellationToken cancellationToken);

    /// <param name="conversationId">The conversation of the message that is answered.</param>
    /// <param name="text">The text, which contains the addresses of the images too.</param>
    /// <param name="images">The images to attach, if the platform can; empty for none.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    Task SendAsync(string conversationId, string text, IReadOnlyList<Uri> images, CancellationToken cancellationToken);
}
