using System.Runtime.CompilerServices;

namespace ImaChatBot.Chat;

/// <summary>A chat in the terminal: each line of standard input is a message, and the end of the input ends the chat.</summary>
internal sealed class ConsoleChat : IChat
{
    private const string Conversation = "console";

    public async IAsyncEnumerable<ChatMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                // A terminal has no ids, and the same line twice means two images.
                yield return new ChatMessage(Conversation, Guid.CreateVersion7().ToString("N"), line.Trim());
            }
        }
    }

    public Task SendAsync(string conversationId, string text, IReadOnlyList<Uri> images, CancellationToken cancellationToken) =>
        Console.Out.WriteLineAsync($"{text}\n".AsMemory(), cancellationToken);

    /// <summary>Standard input cannot be canceled. The thread that waits for it does not keep the process alive.</summary>
    private static Task<string?> ReadLineAsync(CancellationToken cancellationToken) =>
        Task.Run(Console.In.ReadLine, cancellationToken).WaitAsync(cancellationToken);
}
