using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Parameters;

namespace VrrpPS.Commands;

/// <summary>Describes one way of telling what happens to an instance or a sync group: a command, a named pipe, a file or mail.</summary>
[Cmdlet(VerbsCommon.New, "VrrpNotification", DefaultParameterSetName = CommandSet)]
[OutputType(typeof(VrrpNotification))]
public sealed class NewVrrpNotificationCommand : VrrpCmdlet
{
    private const string CommandSet = "Command";
    private const string FifoSet = "Fifo";
    private const string EventFileSet = "EventFile";
    private const string MailSet = "Mail";

    /// <summary>Runs this program, an absolute path, with its arguments, each a word of its own; no shell reads them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CommandSet)]
    public string[] Command { get; set; } = [];

    /// <summary>When the command runs; at every change of state but Leaving unless given.</summary>
    [Parameter(ParameterSetName = CommandSet)]
    public NotificationOccasion[] On { get; set; } = [];

    /// <summary>The user, or user:group, that the command runs as; that of this process unless given.</summary>
    [Parameter(ParameterSetName = CommandSet)]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string? User { get; set; }

    /// <summary>Appends keepalived's four arguments: INSTANCE or GROUP, the name, the state, the priority.</summary>
    [Parameter(ParameterSetName = CommandSet)]
    public SwitchParameter StateArgument { get; set; }

    /// <summary>With -On Leaving alone: a Master that is stopped, suspended or moved waits for the command before it gives the role away.</summary>
    [Parameter(ParameterSetName = CommandSet)]
    public SwitchParameter Wait { get; set; }

    /// <summary>Refuses the program while anybody but root could change it or a directory above it.</summary>
    [Parameter(ParameterSetName = CommandSet)]
    public SwitchParameter RequireSafeProgram { get; set; }

    /// <summary>Writes keepalived's lines to these named pipes, absolute paths; one that is missing is made.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FifoSet)]
    public string[] Fifo { get; set; } = [];

    /// <summary>Writes a line for each change of the priority in force, too.</summary>
    [Parameter(ParameterSetName = FifoSet)]
    public SwitchParameter PriorityChange { get; set; }

    /// <summary>Appends a line of JSON for each change of state to this file, an absolute path.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EventFileSet)]
    public string EventFile { get; set; } = string.Empty;

    /// <summary>The size in bytes at which the file is renamed to .1; 16 MiB unless given.</summary>
    [Parameter(ParameterSetName = EventFileSet)]
    public int MaxSize { get; set; }

    /// <summary>Sends mail to these addresses.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MailSet)]
    public string[] Mail { get; set; } = [];

    /// <summary>The sender's address.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MailSet)]
    public string From { get; set; } = string.Empty;

    /// <summary>The mail server's name or address.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MailSet)]
    public string Server { get; set; } = string.Empty;

    /// <summary>The mail server's port; 25 unless given, 587 with StartTls, 465 with Tls.</summary>
    [Parameter(ParameterSetName = MailSet)]
    public int Port { get; set; }

    /// <summary>How the connection is protected: None, StartTls or Tls. None unless given.</summary>
    [Parameter(ParameterSetName = MailSet)]
    public MailSecurity Security { get; set; }

    /// <summary>The user and password to log in with; needs StartTls or Tls.</summary>
    [Parameter(ParameterSetName = MailSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>A PEM file with the only certificate authorities to trust; those of the system unless given.</summary>
    [Parameter(ParameterSetName = MailSet)]
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>The name to greet the mail server with; the host's unless given.</summary>
    [Parameter(ParameterSetName = MailSet)]
    public string? HelloName { get; set; }

    /// <summary>What the subject calls this node; the host's name unless given.</summary>
    [Parameter(ParameterSetName = MailSet)]
    public string? NodeName { get; set; }

    /// <summary>Sends no mail about Fault.</summary>
    [Parameter(ParameterSetName = MailSet)]
    public SwitchParameter NoFault { get; set; }

    /// <summary>How long the command may run before it is ended, or the mail server may take for each answer; 30 s unless given.</summary>
    [Parameter(ParameterSetName = CommandSet)]
    [Parameter(ParameterSetName = MailSet)]
    [Alias("TimeoutSec", "TimeoutSeconds")]
    [Duration]
    public VrrpDuration? Timeout { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsLinux => false;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        var notification = ParameterSetName switch
        {
            FifoSet => new VrrpNotification(VrrpNotificationKind.Fifo, new NotificationOptions { Fifos = Fifo.ToVrrpList(), PriorityChanges = PriorityChange }),
            EventFileSet => new VrrpNotification(VrrpNotificationKind.EventFile, new NotificationOptions { EventFile = DescribeFile() }),
            MailSet => new VrrpNotification(VrrpNotificationKind.Mail, new NotificationOptions { Mail = DescribeMail() }),
            _ => new VrrpNotification(VrrpNotificationKind.Command, new NotificationOptions { Commands = [DescribeCommand()] }),
        };
        if (ConfigurationValidator.Validate(notification.Options) is [var first, ..])
        {
            throw first;
        }

        WriteObject(notification);
    }

    private NotificationCommand DescribeCommand()
    {
        var command = new NotificationCommand
        {
            Arguments = Command.ToVrrpList(),
            On = On.ToVrrpList(),
            User = User,
            StateArguments = StateArgument,
            Wait = Wait,
            RequireSafeProgram = RequireSafeProgram,
        };
        return Timeout is null ? command : command with { Timeout = Timeout.Value };
    }

    private EventFileOptions DescribeFile()
    {
        var file = new EventFileOptions(EventFile);
        return Typed(nameof(MaxSize)) ? file with { MaxSize = MaxSize } : file;
    }

    private MailOptions DescribeMail()
    {
        var mail = new MailOptions
        {
            Server = Server,
            From = From,
            To = Mail.ToVrrpList(),
            Port = Typed(nameof(Port)) ? Port : null,
            Security = Security,
            User = Credential?.UserName,
            Password = Credential is null ? null : SecretReader.Read(Credential.Password),
            CertificateAuthorityFile = CertificateAuthorityFile,
            HelloName = HelloName,
            NodeName = NodeName,
            Faults = !NoFault,
        };
        return Timeout is null ? mail : mail with { Timeout = Timeout.Value };
    }
}
