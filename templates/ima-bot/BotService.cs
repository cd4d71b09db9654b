using System.Diagnostics.CodeAnalysis;
using ImaChatBot.Answers;
using ImaChatBot.Chat;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImaChatBot;

/// <summary>
/// Reads the messages and answers them, several at the same time. When the chat ends, it finishes the answers and ends the program.
/// </summary>
[SuppressMessage("Design", "CA1031", Justification = "Whatever happens to one answer, the others go on.")]
internal sealed partial class BotService(IChat chat, ImageAnswers answers, IHostApplicationLifetime host, ILogger<BotService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What the previous process was charged for is delivered while new messages arrive.
        var running = new List<Task> { RunAsync(answers.ResumeAsync, "of the last process", stoppingToken) };
        try
        {
            await foreach (var message in chat.ReadAsync(stoppingToken))
            {
                running.RemoveAll(task => task.IsCompleted);
                running.Add(RunAsync(token => answers.AnswerAsync(message, token), message.Id, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Ctrl-C. Images that were charged are in the journal, and the next process delivers them.
        }

        await Task.WhenAll(running);
        host.StopApplication();
    }

    private async Task RunAsync(Func<CancellationToken, Task> answer, string message, CancellationToken stoppingToken)
    {
        try
        {
            await answer(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Interrupted(message);
        }
        catch (Exception exception)
        {
            // The platform did not take the answer, for example. The image stays open in the journal.
            NotAnswered(message, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The answer to message {Message} continues in the next process.")]
    private partial void Interrupted(string message);

    [LoggerMessage(2, LogLevel.Error, "Message {Message} could not be answered. An image that was charged is delivered after a restart.")]
    private partial void NotAnswered(string message, Exception exception);
}
