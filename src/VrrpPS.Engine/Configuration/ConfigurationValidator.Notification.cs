using System.Buffers;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

public static partial class ConfigurationValidator
{
    /// <summary>The least size at which an event file is rotated.</summary>
    public const int MinEventFileSize = 4096;

    /// <summary>The greatest size at which an event file is rotated.</summary>
    public const int MaxEventFileSize = 1 << 30;

    private static readonly TimeSpan MinCommandTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly SearchValues<char> MailAddressCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.@[]:");

    /// <summary>Finds what is wrong with whom to tell.</summary>
    public static IReadOnlyList<VrrpException> Validate(NotificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<ConfigurationProblem>();
        CheckNotification(options, problems);
        return [.. problems.Select(static problem => problem.Error)];
    }

    private static void CheckNotification(NotificationOptions options, List<ConfigurationProblem> problems)
    {
        foreach (var command in options.Commands)
        {
            CheckCommand(command, problems);
        }

        foreach (string path in options.Fifos)
        {
            CheckPath("A FIFO", path, problems);
        }

        if (options.EventFile is { } file)
        {
            CheckPath("An event file", file.Path, problems);
            if (file.MaxSize is < MinEventFileSize or > MaxEventFileSize)
            {
                RefuseNotification(problems, $"An event file cannot be rotated at {file.MaxSize} bytes. Choose {MinEventFileSize} to {MaxEventFileSize}.", file.MaxSize);
            }
        }

        if (options.Mail is { } mail)
        {
            CheckMail(mail, problems);
        }
    }

    private static void CheckCommand(NotificationCommand command, List<ConfigurationProblem> problems)
    {
        if (command.Arguments.Count == 0)
        {
            RefuseNotification(problems, "A notification command is empty. Name the program by its absolute path, then its arguments, one element each.", null);
            return;
        }

        CheckPath("The program of a notification command", command.Arguments[0], problems);
        if (command.Arguments.Any(static argument => argument.Contains('\0')))
        {
            RefuseNotification(problems, $"An argument of '{command.Arguments[0]}' contains a zero character. Remove it.", command.Arguments[0]);
        }

        CheckRange(problems, nameof(InstanceConfiguration.Notification), "A command's time-out", command.Timeout, MinCommandTimeout, NotificationCommand.MaxTimeout, "100ms to 1h");
        if (command.User is { } user && (user.Length == 0 || user.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c))))
        {
            RefuseNotification(problems, $"'{user}' is not a user. Write name or name:group, or leave it out for that of this process.", user);
        }

        if (command.Wait && !(command.On.Count == 1 && command.On[0] == NotificationOccasion.Leaving))
        {
            RefuseNotification(problems, $"'{command}' is to be waited for, but only a Master that leaves can wait. Let it run on Leaving alone, or leave the wait out.", command.ToString());
        }
    }

    private static void CheckMail(MailOptions mail, List<ConfigurationProblem> problems)
    {
        if (Uri.CheckHostName(mail.Server) == UriHostNameType.Unknown)
        {
            RefuseNotification(problems, $"'{mail.Server}' is not the name or address of a mail server. Write one without port; the port has a property of its own.", mail.Server);
        }

        if (mail.Port is < 1 or > 65535)
        {
            RefuseNotification(problems, $"{mail.Port} is not a port. Choose 1 to 65535.", mail.Port);
        }

        if (mail.To.Count == 0)
        {
            RefuseNotification(problems, "There is mail without a recipient. Name at least one address.", null);
        }

        foreach (string address in mail.To.Prepend(mail.From))
        {
            if (!IsMailAddress(address))
            {
                RefuseNotification(problems, $"'{address}' is not a mail address. Write name@host in ASCII characters, without a display name.", address);
            }
        }

        if (mail.HelloName is { } hello && Uri.CheckHostName(hello) == UriHostNameType.Unknown && !(hello.StartsWith('[') && hello.EndsWith(']')))
        {
            RefuseNotification(problems, $"'{hello}' is not a name to greet a mail server with. Write a host name, or an address in brackets.", hello);
        }

        if (mail.NodeName is { } node && node.Any(char.IsControl))
        {
            RefuseNotification(problems, "The node's name in mails contains a control character. Remove it.", node);
        }

        CheckRange(problems, nameof(InstanceConfiguration.Notification), "A mail's time-out", mail.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), "1s to 5m");
        if (mail.User is null != mail.Password is null)
        {
            RefuseNotification(problems, "A mail server's user and password belong together. Give both or neither.", mail.User);
        }
        else if (mail.User is not null && mail.Security == MailSecurity.None)
        {
            RefuseNotification(problems, "A password would be sent to the mail server readable by all. Choose StartTls or Tls as security, or leave user and password out.", mail.User);
        }
    }

    private static bool IsMailAddress(string text)
    {
        int at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1 && text.Length <= 254 && !text.AsSpan().ContainsAnyExcept(MailAddressCharacters);
    }

    private static void CheckPath(string what, string path, List<ConfigurationProblem> problems)
    {
        if (!path.StartsWith('/') || path.EndsWith('/') || path.Contains('\0'))
        {
            RefuseNotification(problems, $"{what} cannot be '{path}'. Write an absolute path: no directory is searched.", path);
        }
    }

    private static void RefuseNotification(List<ConfigurationProblem> problems, string message, object? target)
        => Add(problems, nameof(InstanceConfiguration.Notification), VrrpErrors.InvalidConfiguration(message, target));
}
