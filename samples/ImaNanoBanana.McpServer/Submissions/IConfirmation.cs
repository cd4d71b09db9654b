namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>Asks the person before credits are spent.</summary>
internal interface IConfirmation
{
    /// <summary>Whether the person is asked.</summary>
    bool AsksPerson { get; }

    /// <exception cref="Answers.ToolException">The person declined or could not be asked. Nothing may be sent.</exception>
    Task ConfirmAsync(ImageQuote quote, CreditUsage usage, string prompt, CancellationToken cancellationToken);
}
