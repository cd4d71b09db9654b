namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>Asks the person before credits are spent.</summary>
internal interface IConfirmation
{
    /// <exception cref="Answers.ToolException">The person declined or could not be asked. Nothing may be sent.</exception>
    Task ConfirmAsync(ImageQuote quote, CreditUsage usage, string prompt, CancellationToken cancellationToken);
}
